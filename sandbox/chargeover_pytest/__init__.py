"""A pytest plugin: a live sandbox for every test that wants one, clients of it, and planted bugs for whole suites.

pytest loads ``chargeover_pytest.plugin`` by itself. docs/guides/testing.md shows how to use it.
"""
