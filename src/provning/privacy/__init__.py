"""What a person's own rights and a protected identity ask of everything that holds them."""
