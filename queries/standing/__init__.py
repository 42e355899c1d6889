"""How actors stand in the store's networks: ranks in their groups, evidence on ties."""
