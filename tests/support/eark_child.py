"""Run E-ARK's validator on a package in a process of its own, and print what it says as JSON.

It answers with the structure's status and errors, whether METS follows its schemas, and every
file whose size or checksum is not the listed one.
"""

import json
import sys
from pathlib import Path

from eark_validator.mets import MetsValidator
from eark_validator.structure import validate_package_structure


def main(folder: Path) -> None:
    """Validate the package's root and its representation."""
    structure = validate_package_structure(str(folder))
    errors = [str(each) for each in structure.messages if each.severity.name != "INFO"]
    issues: list[str] = []
    valid = True
    for place in (folder, folder / "representations" / "rep1"):
        mets = MetsValidator(str(place))
        valid = mets.validate_mets(str(place / "METS.xml")) and valid
        issues += [str(each) for each in mets.validation_errors]
        _whole, faults = mets.get_manifest().check_integrity()
        issues += faults
    print(json.dumps([structure.status.value, errors, valid, issues]))  # noqa: T201 # the answer


main(Path(sys.argv[1]))
