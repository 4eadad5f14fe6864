package dev.cardvault.alerts;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Looks at what each client does, one event after the other. Not thread-safe. */
final class Watch {

  private static final int MOST_CLIENTS = 20_000;

  private final Histories histories;
  private final Map<ClientKey, ClientWatch> clients =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ClientKey, ClientWatch> eldest) {
          return size() > MOST_CLIENTS;
        }
      };

  Watch(Histories histories) {
    this.histories = histories;
  }

  /** What is unusual about {@code seen}, as its tenant wants the rules. */
  List<Finding> see(Sighting seen, Map<Rule, RuleSetting> settings) {
    return clients
        .computeIfAbsent(
            new ClientKey(seen.tenant(), seen.clientId()), key -> new ClientWatch(key, histories))
        .see(seen, settings);
  }

  /** Forgets everything, for whoever takes over from another node. */
  void forget() {
    clients.clear();
  }
}
