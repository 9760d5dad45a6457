"""Agencies in their tree, the people who work there with their roles, and how they sign in."""
