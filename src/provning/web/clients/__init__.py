"""The screens of API clients."""
