"""Machines that call: who they are, what they may see, and every call they have made."""
