"""A crew on other machines: workers of a Dask cluster, an extra that need not be installed.

Only what lies in this folder knows Dask, and only once a cluster is asked for.
"""
