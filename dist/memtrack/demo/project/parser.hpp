// Reads dates as people write them: "Thu Sep 25 2003 10:49:41", "25th of September 2003, 10:49 pm".
#pragma once

#include <string>
#include <unordered_map>
#include <vector>

namespace dates {

struct Date {
  int year = 0;
  int month = 0;
  int day = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
};

using WordTable = std::unordered_map<std::string, int>;

// A piece of a date: "September", "25", "10:49".
struct Token {
  enum class Kind { kWord, kNumber, kClock };
  Kind kind;
  std::string text;
};

// The words that a date may hold.
class Parser {
 public:
  Parser();
  Date parse(const std::string& text) const;

 private:
  std::vector<Token> tokenize(const std::string& text) const;
  void readClock(const std::string& token, Date& date) const;
  void readNumber(const std::string& token, Date& date) const;

  WordTable months_;
  WordTable weekdays_;
  WordTable ordinals_;
  WordTable halves_;
  WordTable fillers_;
};

// Throws std::invalid_argument when a word of `text` is not known.
Date parse(const std::string& text);

}  // namespace dates
