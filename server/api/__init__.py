"""The atlas for other programs: OGC API – Features 1.0 (core, OpenAPI 3.0, GeoJSON), read-only, and CSV.

pygeoapi 0.21 was tried first. It can be mounted, but its GeoJSON provider reads the file anew at each request, answers
``datetime`` and unknown parameters as if they had not been asked, knows no provinces, wants the server's address in a
configuration file, and brings 170 MB of packages.
"""

from server.api.server import routes

__all__ = ["routes"]
