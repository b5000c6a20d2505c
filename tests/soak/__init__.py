"""Forty users, ordinary and hostile functions, and parts that are killed: is anything lost or doubled?"""
