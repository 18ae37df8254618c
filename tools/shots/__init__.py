"""Pictures of every screen of the demo; `python -m tools.shots --help` tells how."""
