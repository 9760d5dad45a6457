"""Who a device is, from what it answered: maker of the platform, brand, model, firmware, and how sure each is."""

from ancam.engines.probing.identity.identify import identify, likely_platforms
from ancam.engines.probing.identity.services import (
    ANY_MAKER,
    DefaultLogin,
    DocumentedRead,
    MakerServices,
    OwnerRead,
    services_of,
)

__all__ = [
    "ANY_MAKER",
    "DefaultLogin",
    "DocumentedRead",
    "MakerServices",
    "OwnerRead",
    "identify",
    "likely_platforms",
    "services_of",
]
