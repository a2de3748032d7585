"""Influence inside one cascade, as the paper writes it: every pair of acts, logarithms against underflow."""

import numpy as np


def cascade_influence(seconds, mark, loss_per_second):
    n = len(seconds)
    phi = np.ones(n)
    cause = np.zeros((n, n))
    for j in range(1, n):
        weight = np.log(mark[:j]) - loss_per_second * (seconds[j] - np.asarray(seconds[:j]))
        weight = np.exp(weight - weight.max())
        cause[:j, j] = weight / weight.sum()
    for i in reversed(range(n)):
        phi[i] = 1 + sum(cause[i, j] * phi[j] for j in range(i + 1, n))
    return phi - 1
