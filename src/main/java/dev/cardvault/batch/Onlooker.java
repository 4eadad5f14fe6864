package dev.cardvault.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Watches what a {@link Coalescer} does, and for whom. */
public interface Onlooker {

  /** Watches nothing. */
  Onlooker NONE =
      new Onlooker() {
        @Override
        public @Nullable Object arrives() {
          return null;
        }

        @Override
        public Runnable begins(String name, int items, List<Object> watched) {
          return () -> {};
        }
      };

  /** Where the item comes from that this thread is handing in; nothing if it is not watched. */
  @Nullable Object arrives();

  /**
   * The coalescer {@code name} begins with some items of which at least one is watched.
   *
   * @param items how many there are
   * @param watched where those come from that are, as {@link #arrives} told
   * @return what is run when it is done with them, on the same thread
   */
  Runnable begins(String name, int items, List<Object> watched);
}
