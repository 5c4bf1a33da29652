#include "parser.hpp"

#include <cctype>
#include <stdexcept>

namespace dates {
namespace {

// Each word in full and by its first three letters, as people write it: "march", "March", "mar", "Mar".
void addWord(WordTable& table, const std::string& word, int value) {
  for (std::string form : {word, word.substr(0, 3)}) {
    table[form] = value;
    form[0] = static_cast<char>(std::toupper(form[0]));
    table[form] = value;
  }
}

WordTable makeTable(const std::vector<std::string>& words) {
  WordTable table;
  int value = 0;
  for (const std::string& word : words) addWord(table, word, ++value);
  return table;
}

}  // namespace

Parser::Parser()
    : months_(makeTable({"january", "february", "march", "april", "may", "june", "july", "august", "september",
                         "october", "november", "december"})),
      weekdays_(makeTable({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})),
      ordinals_(makeTable({"st", "nd", "rd", "th"})),
      halves_(makeTable({"am", "pm"})),
      fillers_(makeTable({"of", "at", "on", "the"})) {}

std::vector<Token> Parser::tokenize(const std::string& text) const {
  std::vector<Token> tokens;
  std::string piece;
  for (const char letter : text + " ") {
    const bool isPart = std::isalnum(static_cast<unsigned char>(letter)) || letter == ':';
    const bool isSuffix = !piece.empty() && std::isalpha(static_cast<unsigned char>(letter)) &&
                          std::isdigit(static_cast<unsigned char>(piece.back()));
    if (!piece.empty() && (!isPart || isSuffix)) {
      Token::Kind kind = Token::Kind::kWord;
      if (std::isdigit(static_cast<unsigned char>(piece[0]))) kind = Token::Kind::kNumber;
      if (piece.find(':') != std::string::npos) kind = Token::Kind::kClock;
      tokens.push_back({kind, piece});
      piece.clear();
    }
    if (isPart) piece += letter;
  }
  return tokens;
}

void Parser::readClock(const std::string& token, Date& date) const {
  const std::size_t colon = token.find(':');
  const std::size_t second = token.find(':', colon + 1);
  date.hour = std::stoi(token.substr(0, colon));
  date.minute = std::stoi(token.substr(colon + 1, 2));
  if (second != std::string::npos) date.second = std::stoi(token.substr(second + 1));
}

void Parser::readNumber(const std::string& token, Date& date) const {
  const int number = std::stoi(token);
  if (number > 31) {
    date.year = number;
  } else {
    date.day = number;
  }
}

Date Parser::parse(const std::string& text) const {
  Date date;
  for (const auto& [kind, piece] : tokenize(text)) {
    if (kind == Token::Kind::kClock) {
      readClock(piece, date);
    } else if (kind == Token::Kind::kNumber) {
      readNumber(piece, date);
    } else if (const auto month = months_.find(piece); month != months_.end()) {
      date.month = month->second;
    } else if (const auto half = halves_.find(piece); half != halves_.end()) {
      if (half->second == 2) date.hour += 12;
    } else if (!weekdays_.count(piece) && !ordinals_.count(piece) && !fillers_.count(piece)) {
      throw std::invalid_argument("not a word of a date: " + piece);
    }
  }
  return date;
}

Date parse(const std::string& text) {
  const Parser parser;
  return parser.parse(text);
}

}  // namespace dates
