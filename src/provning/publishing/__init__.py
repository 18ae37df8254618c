"""What other systems are told of what we hold, in the words of SS 12000, and when it changed."""
