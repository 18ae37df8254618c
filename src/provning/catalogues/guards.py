"""What the database refuses for papers: documents, versions and signatures stay as they were made.

A signature is also refused for a preliminary version, for one that a newer has taken the place of,
by somebody who is not to sign it (in whose place rektor may), and when the person has already.
"""

from provning.audit.guards import Guard, insert_only, remember

SIGNATURES = "catalogues_cataloguesignature"
SIGNERS = "catalogues_cataloguesigner"
VERSIONS = "catalogues_gradecatalogue"
SIGNS = "NEW.withdraws_id IS NULL"

PRELIMINARY = (
    "SELECT 1 FROM catalogues_gradecatalogue c WHERE c.id = NEW.catalogue_id AND c.preliminary"
)
NEWER = (
    "SELECT 1 FROM catalogues_gradecatalogue c, catalogues_gradecatalogue n"
    " WHERE c.id = NEW.catalogue_id AND n.unit_id = c.unit_id AND n.year = c.year"
    " AND n.season = c.season AND n.part = c.part AND n.preliminary = c.preliminary"
    " AND COALESCE(CAST(n.teacher_id AS text), '') = COALESCE(CAST(c.teacher_id AS text), '')"
    " AND n.version > c.version"
)
LISTED = (
    "SELECT 1 FROM catalogues_cataloguesigner s WHERE s.catalogue_id = NEW.catalogue_id"
    " AND ((NEW.in_place_of_id IS NULL AND s.person_id = NEW.signer_id AND s.role = NEW.role)"
    " OR s.person_id = NEW.in_place_of_id)"
)
STANDING = (
    "SELECT 1 FROM catalogues_cataloguesignature s WHERE s.catalogue_id = NEW.catalogue_id"
    " AND s.signer_id = NEW.signer_id AND s.role = NEW.role AND s.withdraws_id IS NULL"
    " AND COALESCE(CAST(s.in_place_of_id AS text), '')"
    " = COALESCE(CAST(NEW.in_place_of_id AS text), '')"
    " AND NOT EXISTS"
    " (SELECT 1 FROM catalogues_cataloguesignature w WHERE w.withdraws_id = s.id)"
)

GUARDS = remember(
    [
        *insert_only("catalogues_storeddocument", "sha256 = NEW.sha256"),
        *insert_only(
            VERSIONS,
            "id = NEW.id",
            "document_id = NEW.document_id",
            "unit_id = NEW.unit_id AND year = NEW.year AND season = NEW.season"
            " AND part = NEW.part AND preliminary = NEW.preliminary AND version = NEW.version"
            " AND COALESCE(teacher_id, '') = COALESCE(NEW.teacher_id, '')",
        ),
        *insert_only(
            "catalogues_cataloguecopy",
            "id = NEW.id",
            "submission = NEW.submission",
            "catalogue_id = NEW.catalogue_id AND number = NEW.number",
        ),
        *insert_only(
            SIGNERS,
            "id = NEW.id",
            "catalogue_id = NEW.catalogue_id AND person_id = NEW.person_id AND role = NEW.role",
        ),
        *insert_only(SIGNATURES, "id = NEW.id", "withdraws_id = NEW.withdraws_id"),
        *insert_only(
            "catalogues_signeddocument",
            "id = NEW.id",
            "catalogue_id = NEW.catalogue_id AND stored_id = NEW.stored_id",
        ),
        *insert_only("catalogues_signaturecheck", "id = NEW.id"),
        Guard(
            f"{SIGNATURES}_final",
            SIGNATURES,
            "INSERT",
            "a preliminary catalogue is never signed",
            f"{SIGNS} AND EXISTS ({PRELIMINARY})",
        ),
        Guard(
            f"{SIGNATURES}_newest",
            SIGNATURES,
            "INSERT",
            "only the newest version of a catalogue is signed",
            f"{SIGNS} AND EXISTS ({NEWER})",
        ),
        Guard(
            f"{SIGNATURES}_listed",
            SIGNATURES,
            "INSERT",
            "the catalogue is not signed by this person",
            f"{SIGNS} AND NOT EXISTS ({LISTED})",
        ),
        Guard(
            f"{SIGNATURES}_once",
            SIGNATURES,
            "INSERT",
            "the catalogue has this signature",
            f"{SIGNS} AND EXISTS ({STANDING})",
        ),
    ]
)
