"""The project as a whole: its tables, its locks, its ways of writing."""
