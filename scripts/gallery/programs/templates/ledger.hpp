// Purchases in many currencies, grouped by whatever a policy says: names as long as C++ has them.
#pragma once

#include <functional>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace shop {

template <typename Tag>
struct Money {
  double amount = 0;
};
struct EuroTag {};
using Euro = Money<EuroTag>;

struct Weight { double kilograms; };
struct Count { int pieces; };
using Amount = std::variant<Weight, Count>;

struct Purchase {
  std::string article;
  std::string shelf;
  Amount amount;
  std::vector<std::pair<std::string, std::string>> labels;
};

inline Purchase makePurchase(int day, int number) {
  Purchase purchase;
  purchase.article = "article number " + std::to_string(day * 12 + number) + " of the catalogue";
  purchase.shelf = "shelf " + std::to_string(number) + " on the upper floor";
  if (number % 2 == 0) purchase.amount = Weight{number * 0.5};
  else purchase.amount = Count{number};
  purchase.labels = {{"origin of the article", "the other side of the world"}, {"colour", "rather dark"}};
  return purchase;
}

struct ByShelf {
  std::string operator()(const Purchase& purchase) const { return purchase.shelf; }
};

template <typename Currency, typename Value, template <typename...> class Container = std::vector>
class Column {
 public:
  void add(Value value) { values_.push_back(std::move(value)); }

  template <typename Fold>
  Currency fold(Fold&& fold) const {
    return std::accumulate(values_.begin(), values_.end(), Currency{}, std::forward<Fold>(fold));
  }

 private:
  Container<Value> values_;
};

template <typename Currency, typename Grouping>
class Ledger {
 public:
  void book(const Purchase& purchase) {
    groups_[grouping_(purchase)].add(purchase);
    history_.emplace_back(purchase.article);
  }

  std::map<std::string, Currency> totals() const {
    std::map<std::string, Currency> totals;
    for (const auto& [name, column] : groups_) totals[name] = column.fold(Pricing{});
    return totals;
  }

 private:
  struct Pricing {
    Currency operator()(Currency sum, const Purchase& purchase) const {
      const auto price = std::visit(
          [](const auto& amount) {
            if constexpr (std::is_same_v<std::decay_t<decltype(amount)>, Weight>) return amount.kilograms * 3;
            else return amount.pieces * 1.5;
          },
          purchase.amount);
      return {sum.amount + price};
    }
  };

  Grouping grouping_;
  std::map<std::string, Column<Currency, Purchase>> groups_;
  std::vector<std::string> history_;
};

}  // namespace shop
