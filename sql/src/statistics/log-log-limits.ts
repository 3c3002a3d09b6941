/**
 * Limits of a survival probability on the log-log scale, S^exp(±z √G / ln S), from G, the variance of ln S (Greenwood’s sum, to which the
 * noise of published counts may be added). They stay in [0, 1]; null at S = 0 or 1, where the scale has no limits.
 * Kalbfleisch and Prentice 2002, 1.4. `logLogLimits(0.40924162, (0.035823638 / 0.40924162) ** 2)` is about [0.3387, 0.4784].
 */
export function logLogLimits(survival: number, variance: number, z = 1.959963984540054): [number, number] | null {
  if (!(survival > 0 && survival < 1) || !(variance >= 0)) return null;
  const reach = (z * Math.sqrt(variance)) / Math.log(survival);
  return [survival ** Math.exp(-reach), survival ** Math.exp(reach)];
}
