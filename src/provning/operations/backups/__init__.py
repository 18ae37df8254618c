"""A backup as a file: its frame, its sealing, its parts, and rows as lines.

The file is two lines of text, a tar archive compressed with gzip, and a last line with the SHA-256
of all before it. With a key the archive is sealed in chunks; without one any computer opens it.
"""
