"""How wide the register's columns are, for the tables and for the files alike."""

from typing import Final

CODE: Final = 16
NAME: Final = 200
SUBJECT_CODE: Final = 8
SUBJECT_NAME: Final = 160
LEVEL: Final = 8
CHOICE: Final = 24

SORT_KEY: Final = 2000
"""Room for 200 letters with an accent each (ten digits); an index of PostgreSQL takes 2,700."""
