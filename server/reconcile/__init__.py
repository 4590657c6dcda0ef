"""Names of other tables matched with the places of the atlas: W3C Reconciliation Service API 0.2, read-only.

Specification: https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. OpenRefine and others
that speak it work without a network beyond this server. JSONP, which the specification leaves open, and flyouts, which it
advises against, are not served.
"""

from server.reconcile.service import routes

__all__ = ["routes"]
