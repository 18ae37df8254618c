"""The ids of what is made from another thing's row: one to one, and back again."""

from uuid import UUID

# The last 62 bits of a random id; version and variant stay as they are.
MASKS = {
    "activities": 0x0A_C71_71E5_0000_001,
    "studyplans": 0x05_7AD_1E91_A000_002,
    "offerings": 0x00_FFE_2140_0000_003,
}


def published_id(resource: str, key: UUID) -> UUID:
    """Return the id that the thing of a row is published under."""
    return UUID(int=key.int ^ MASKS.get(resource, 0))


def row_id(resource: str, published: UUID) -> UUID:
    """Return the row's id; the same step leads back."""
    return published_id(resource, published)
