#include <iostream>
#include <string>
#include <vector>

#include "parser.hpp"

namespace {

struct Sample {
  dates::Date date;
  std::string text;
};

// Dates of a year as three kinds of people write them.
std::vector<Sample> writeSamples() {
  const char* const months[] = {"January", "Feb",    "March", "Apr",     "May", "June",
                                "July",    "August", "sep",   "October", "Nov", "december"};
  std::vector<Sample> samples;
  for (int month = 1; month <= 12; ++month) {
    for (int day = 1; day <= 19; ++day) {
      const std::string number = std::to_string(day);
      const std::string name = months[month - 1];
      std::string text;
      if (day % 3 == 0) text = "Thursday, the " + number + "th of " + name + " 2003, at 10:49 pm";
      if (day % 3 == 1) text = number + " " + name + " 2003, on Friday, at 10:49:41 am";
      if (day % 3 == 2) text = name + " " + number + ", 2003, on Monday, at 10:49";
      samples.push_back({{2003, month, day}, text});
    }
  }
  return samples;
}

}  // namespace

// Reads the dates back and checks that they are still the same.
int main() {
  const std::vector<Sample> samples = writeSamples();
  for (const Sample& sample : samples) {
    const dates::Date date = dates::parse(sample.text);
    if (date.month != sample.date.month || date.day != sample.date.day || date.year != sample.date.year) {
      std::cerr << "read wrong: " << sample.text << '\n';
      return 1;
    }
  }
  std::cout << samples.size() << " dates read\n";
  return 0;
}
