"""Nobody reads a row outside their scope, through any query, in any municipality."""
