"""Every resource that holds something, one file each, in the order of SS 12000."""

from typing import Final

from provning.publishing.resources.activities import ACTIVITIES
from provning.publishing.resources.declaring import Resource
from provning.publishing.resources.duties import DUTIES
from provning.publishing.resources.grades import GRADES
from provning.publishing.resources.groups import GROUPS
from provning.publishing.resources.offerings import OFFERINGS
from provning.publishing.resources.organisations import ORGANISATIONS
from provning.publishing.resources.persons import PERSONS
from provning.publishing.resources.studyplans import STUDYPLANS
from provning.publishing.resources.syllabuses import SYLLABUSES

RESOURCES: Final[tuple[Resource, ...]] = (
    ORGANISATIONS,
    PERSONS,
    DUTIES,
    GROUPS,
    STUDYPLANS,
    SYLLABUSES,
    OFFERINGS,
    ACTIVITIES,
    GRADES,
)
