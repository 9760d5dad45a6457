"""Pure, small and dull: what every room and engine needs and none owns."""
