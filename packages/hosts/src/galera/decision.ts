import { text } from '../template.js';
import type { Text } from '../text.js';

/**
 * When a member starts its server and as what, as a pure function: the tests try all of its inputs and walk through all orders of
 * events of small clusters.
 *
 * Galera by itself comes back when everybody who was in the last primary component returns (`pc.recovery`, its documentation under
 * "Recovering the Primary Component"), or when a person says who has the newest data ("Restarting the Cluster"). The second is done
 * here, and only under conditions in which it cannot make a second cluster:
 *
 * - A new primary component is made by a member to which *all* others have said that their servers do not run, that their data is
 *   not newer, and that they gave up what would let them come back by themselves (their saved view).
 * - Or by one that left last, of which Galera itself keeps the record (`safe_to_bootstrap: 1`).
 *
 * Whoever hears less joins what is there, lets Galera's own recovery try, or waits.
 */
export const decision: Text = text`
"""What a member of the cluster does next. No input but the arguments, no effects.

What is known of a member, of oneself and of those that answered:
  key         its name in the order of members
  phase       looking: at its data; waiting: its server does not run; electing: it makes the cluster, or is about to;
              seeking: its server runs and looks for the cluster; primary: part of it; stranded: cut off from it
  data        none, whole or damaged (a copy that was never finished)
  history     of whole data: the identity of the cluster that it is from
  seqno       of whole data: the number of the last change that is in it
  saved_view  Galera's note of who was in the cluster with it: it can come back when all of these do
  last        Galera's note that it left the cluster as the last one
"""


def while_waiting(me, others, patient):
    """join, elect, recover, resume or wait.

    others has None for each member that did not answer; patient is whether these may still come.
    """
    heard = [other for other in others if other is not None]
    phases = [other["phase"] for other in heard]
    if "primary" in phases:
        return "join"
    if len(heard) == len(others) and all(phase == "waiting" for phase in phases):
        return "elect" if may_lead(me, heard) else "wait"
    if me["saved_view"] and ("seeking" in phases or "stranded" in phases):
        return "recover"
    if patient or any(phase != "waiting" for phase in phases):
        return "wait"
    if me["last"]:
        return "resume"
    if me["saved_view"]:
        return "recover"
    return "wait"


def while_cut_off(me, others):
    """stop or stay, for a server that has run for long without being part of the cluster.

    Once nobody is and all can be heard, all stop and elect; as long as somebody is missing, it is Galera that waits for them. A
    server that was cut off and still is, though there is a cluster, does not find it by itself any more.
    """
    phases = [other["phase"] for other in others if other is not None]
    if "electing" in phases:
        return "stay"
    if "primary" in phases:
        return "stop" if me["phase"] == "stranded" else "stay"
    return "stop" if others and len(phases) == len(others) else "stay"


def may_grant(me, candidate):
    """Whether another member may make the cluster without this one, which then joins it."""
    return me["phase"] == "waiting" and may_lead(candidate, [me])


def may_lead(candidate, others):
    """Whether nobody has newer data; among equals it is the first by key.

    Empty members lead only where all are empty: a new cluster. Data of two clusters is for people to sort out.
    """
    everybody = [candidate, *others]
    whole = [member for member in everybody if member["data"] == "whole"]
    if not whole:
        return all(member["data"] == "none" for member in everybody) and first(everybody) is candidate
    if len({member["history"] for member in whole}) > 1:
        return False
    newest = max(member["seqno"] for member in whole)
    return first([member for member in whole if member["seqno"] == newest]) is candidate


def first(members):
    return min(members, key=lambda member: member["key"])
`;
