package dev.cardvault.command;

import java.time.DateTimeException;
import java.time.YearMonth;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The month a card is good through, as an option. */
record CardMonth(int year, int month) {

  /** Reads {@code 2030-01}. */
  static final class Converter implements ITypeConverter<CardMonth> {
    @Override
    public CardMonth convert(String text) {
      try {
        YearMonth month = YearMonth.parse(text);
        return new CardMonth(month.getYear(), month.getMonthValue());
      } catch (DateTimeException e) {
        throw new TypeConversionException("a month is like 2030-01");
      }
    }
  }
}
