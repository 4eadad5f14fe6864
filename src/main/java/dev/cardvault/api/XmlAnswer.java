package dev.cardvault.api;

import dev.cardvault.connectors.FormAnswer;
import dev.cardvault.problem.ProblemException;
import dev.cardvault.vault.Tokenized;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** What the platforms behind forms read. */
final class XmlAnswer {

  static final String XML = "text/xml;charset=UTF-8";

  /** RFC 4267. */
  private static final String VOICEXML = "application/voicexml+xml";

  private XmlAnswer() {}

  /** What there is to say of a token. */
  static Map<String, String> completed(Tokenized made) {
    var card = made.token().card();
    Map<String, String> answer = new LinkedHashMap<>();
    answer.put("status", "completed");
    answer.put("token", made.token().token());
    answer.put("brand", card.brand().code());
    answer.put("last4", card.lastFour());
    return answer;
  }

  /** What there is to say of a refusal. */
  static Map<String, String> refused(ProblemException problem) {
    Map<String, String> answer = new LinkedHashMap<>();
    answer.put("status", "refused");
    answer.put("code", PlatformRefusal.codeOf(problem));
    answer.put("message", problem.detail());
    return answer;
  }

  static String mediaType(FormAnswer kind) {
    return kind == FormAnswer.VOICEXML ? VOICEXML : XML;
  }

  static String of(FormAnswer kind, Map<String, String> answer) {
    return switch (kind) {
      case DATA -> data(answer);
      case VOICEXML -> voiceXml(answer);
      case HTTAPI -> httapi(answer);
    };
  }

  /** {@code <result><status>...</status><token>...</token>...</result>}. */
  static String data(Map<String, String> answer) {
    return document(
        xml -> {
          xml.writeStartElement("result");
          for (Map.Entry<String, String> field : answer.entrySet()) {
            element(xml, field.getKey(), field.getValue());
          }
        });
  }

  /** A dialog that returns its variables to the one that called it (VoiceXML 2.1, 2.3.4). */
  private static String voiceXml(Map<String, String> answer) {
    return document(
        xml -> {
          xml.writeStartElement("vxml");
          xml.writeDefaultNamespace("http://www.w3.org/2001/vxml");
          xml.writeAttribute("version", "2.1");
          xml.writeStartElement("form");
          for (Map.Entry<String, String> field : answer.entrySet()) {
            xml.writeEmptyElement("var");
            xml.writeAttribute("name", field.getKey());
            xml.writeAttribute("expr", "'" + field.getValue().replaceAll("[\\\\']", "") + "'");
          }
          xml.writeStartElement("block");
          xml.writeEmptyElement("return");
          xml.writeAttribute("namelist", String.join(" ", answer.keySet()));
        });
  }

  /** Sets channel variables and leaves the application, so that the dialplan goes on. */
  private static String httapi(Map<String, String> answer) {
    return document(
        xml -> {
          xml.writeStartElement("document");
          xml.writeAttribute("type", "xml/freeswitch-httapi");
          xml.writeStartElement("variables");
          for (Map.Entry<String, String> field : answer.entrySet()) {
            element(xml, "vault_" + field.getKey(), field.getValue());
          }
          xml.writeEndElement();
          xml.writeStartElement("work");
          xml.writeEmptyElement("break");
        });
  }

  private static void element(XMLStreamWriter xml, String name, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeCharacters(text);
    xml.writeEndElement();
  }

  private static String document(Content content) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      xml.writeStartDocument("UTF-8", "1.0");
      content.writeTo(xml);
      xml.writeEndDocument();
      xml.close();
      return text.toString();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("Text can always be written", e);
    }
  }

  private interface Content {
    /** Elements left open are closed at the end. */
    void writeTo(XMLStreamWriter xml) throws XMLStreamException;
  }
}
