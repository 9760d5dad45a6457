"""Who may issue papers."""

import rules

from ancam.accounts.rules import LEADER, OFFICER, holds_any

rules.add_perm("papers.issue", holds_any(LEADER, OFFICER))
