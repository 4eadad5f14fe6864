package dev.cardvault.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of a list. */
final class Paging {

  private static final int MOST = 100;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "How many entries a page has, 1 to 100. By default ${DEFAULT-VALUE}.")
  int limit;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "Where the page begins: next_cursor of the one before.")
  @Nullable String cursor;

  @Option(names = "--all", description = "All pages; with --json, one a line.")
  boolean all;

  /** Hands out the page that was asked for, or one after the other. */
  void pages(ServiceClient client, String path, Given filter, Consumer<Answer> each) {
    filter.and("limit", all ? MOST : limit);
    try (Progress progress = all ? Progress.unending("entries") : Progress.none()) {
      for (String next = cursor; ; ) {
        Given query = new Given().and("cursor", next);
        query.values().putAll(filter.values());
        Answer page = client.get(path + query.query());
        each.accept(page);
        JsonNode told = page.json();
        progress.advance(told.path("data").size());
        next = Json.text(told, "/next_cursor");
        if (!all || next.isEmpty()) {
          return;
        }
      }
    }
  }
}
