"""The grade catalogue: content, document, versions."""
