"""Which carrier should take a shipment: fences, prices line by line, and a share-out that fits."""
