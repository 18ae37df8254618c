"""The files that authorities are given, one table each: columns, codes and dates as data."""
