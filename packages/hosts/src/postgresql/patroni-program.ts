import { text } from '../template.js';

/**
 * Patroni 3.0 with one correction: a primary that was cut off with the etcd of its own host still believes, for a moment after it is
 * back, that it holds the lock, and 3.0 then writes its name over that of the primary that took over meanwhile: the rows of that one
 * are lost, and it never catches up. That was seen after two of five partitions. From 3.2 on Patroni compares first, as this does.
 */
export const patroniProgram = text`
#!/usr/bin/python3
"""Patroni, which takes the lock of the primary only if it is its own or nobody's.

The 3.0 of this system writes over it where its own lease has ended, even when another server took over meanwhile.
"""

import sys
import time

from patroni.__main__ import main
from patroni.dcs import Leader, catch_return_false_exception
from patroni.dcs.etcd3 import Etcd3, Etcd3Error, base64_encode


@catch_return_false_exception
def update_leader(self):
    """Whether this server holds the lock, for another while."""
    retry = self._retry.copy()

    def again(*args, **kwargs):
        kwargs["retry"] = retry
        return retry(*args, **kwargs)

    self._run_and_handle_exceptions(self._do_refresh_lease, True, retry=again)
    if not self._lease:
        return False
    leader = self.cluster and self.cluster.leader
    if isinstance(leader, Leader) and leader.session == self._lease:
        return True
    retry.deadline = retry.stoptime - time.time()
    if retry.deadline < 1:
        raise Etcd3Error("update_leader timeout")
    key, value = base64_encode(self.leader_path), base64_encode(self._name)
    put = {"request_put": {"key": key, "value": value, "lease": self._lease}}
    ours = {"key": key, "target": "VALUE", "value": value}
    nobodys = {"key": key, "target": "CREATE", "create_revision": 0}
    return any(self._run_and_handle_exceptions(self._client.txn, compare, put, retry=again) for compare in (ours, nobodys))


Etcd3._update_leader = update_leader

if __name__ == "__main__":
    sys.exit(main())
`;
