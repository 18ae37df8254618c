"""What tests in several rooms need."""
