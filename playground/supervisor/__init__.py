"""The supervisor: starts every part of a playground, and ends all of them when one ends."""
