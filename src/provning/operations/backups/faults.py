"""What can be wrong with a backup; the texts are for the terminal and say what to do."""


class BackupError(Exception):
    """A backup cannot be made or used; the text says why and what to do."""


def not_ours(name: str) -> BackupError:
    """Return the refusal of a file that is something else."""
    return BackupError(f"{name} är ingen säkerhetskopia från Prövning.")


def cut_off(name: str) -> BackupError:
    """Return the refusal of a file that ends too early."""
    return BackupError(
        f"{name} slutar för tidigt: filen är avhuggen. Hämta den på nytt eller ta en äldre kopia."
    )


def damaged(name: str, where: str = "") -> BackupError:
    """Return the refusal of a file that is not as it was written."""
    part = f" ({where})" if where else ""
    return BackupError(
        f"{name} är skadad eller ändrad{part}: kontrollsumman stämmer inte. "
        "Hämta den på nytt eller ta en äldre kopia."
    )


def key_missing(name: str) -> BackupError:
    """Return the refusal to open a sealed file without a key."""
    return BackupError(
        f"{name} är krypterad. Ange nyckeln i PROVNING_BACKUP_KEY eller PROVNING_BACKUP_KEY_FILE."
    )


def key_wrong(name: str) -> BackupError:
    """Return the refusal of a key that does not open the file."""
    return BackupError(f"Nyckeln öppnar inte {name}. Ange den nyckel som gällde när kopian togs.")


def key_short(least: int) -> BackupError:
    """Return the refusal of a key that can be guessed."""
    return BackupError(
        f"Nyckeln för säkerhetskopior är för kort: minst {least} tecken. "
        "Gör en med: openssl rand -base64 32"
    )
