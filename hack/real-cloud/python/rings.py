"""Makes Swift's rings, one device each. Arguments: folder, then NAME=PORT for every ring."""
import os
import sys

from swift.common.ring import RingBuilder

folder = sys.argv[1]
for argument in sys.argv[2:]:
    name, port = argument.split('=')
    builder = RingBuilder(part_power=4, replicas=1, min_part_hours=0)
    builder.add_dev({
        'region': 1, 'zone': 1, 'ip': '127.0.0.1', 'port': int(port), 'device': 'd1', 'weight': 1.0,
        'replication_ip': '127.0.0.1', 'replication_port': int(port), 'meta': '',
    })
    builder.rebalance()
    builder.get_ring().save(os.path.join(folder, name + '.ring.gz'))
