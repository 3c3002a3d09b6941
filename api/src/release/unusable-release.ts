/** A release that cannot be served, and why in words for the operator. */
export class UnusableRelease extends Error {}
