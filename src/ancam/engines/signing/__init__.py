"""A signed .pdf → whether its signatures hold, by whom they are, and its words. Never the network."""
