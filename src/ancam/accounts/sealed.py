"""Where this room keeps secrets: the apps' secrets and the seeds of recovery codes, in allauth's table."""

from ancam.web.secrets import SealedPlace

SECOND_FACTORS = SealedPlace("mfa.Authenticator", "data", frozenset({"secret", "seed", "migrated_codes"}))
