"""SS 12000:2020 version 2.1: addresses, and answers in its words."""
