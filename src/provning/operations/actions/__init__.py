"""What is done with the installation as a whole."""

from provning.operations.actions.backing_up import Taken, take_backup
from provning.operations.actions.beating import beat
from provning.operations.actions.restoring import Restored, restore_backup

__all__ = ["Restored", "Taken", "beat", "restore_backup", "take_backup"]
