"""The boundary for operators: `provning COMMAND`, each command in a module of its own."""
