"""The supervisor: starts every part of a playground, starts again what ended, and ends all together."""
