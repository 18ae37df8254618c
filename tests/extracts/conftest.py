"""What most tests of extracts start from: an office, somebody to grade, and an issued extract."""

from tests.extracts.world import office, one_at_a_desk, one_issued
from tests.support.kept import kept

at = kept(office)
desk = kept(one_at_a_desk)
issued = kept(one_issued)
