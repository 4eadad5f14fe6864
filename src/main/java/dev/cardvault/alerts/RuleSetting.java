package dev.cardvault.alerts;

/**
 * How a tenant wants a rule.
 *
 * @param rule the rule
 * @param enabled whether it is looked at
 * @param threshold from which number on, at least 1; what it counts is the rule's
 * @param response what is done to the client
 */
public record RuleSetting(Rule rule, boolean enabled, int threshold, Response response) {}
