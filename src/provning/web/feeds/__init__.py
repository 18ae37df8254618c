"""Files to other systems on screen: what is in them, what stays out, and the files themselves."""
