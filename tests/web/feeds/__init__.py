"""Tests of the files to other systems on screen."""
