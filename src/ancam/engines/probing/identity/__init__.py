"""Who a device is, from what it answered: maker of the platform, brand, model, firmware, and how sure each is."""
