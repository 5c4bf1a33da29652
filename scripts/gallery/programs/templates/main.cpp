#include <cstdio>

#include "ledger.hpp"

// Books a year of purchases and prints what each shelf is worth.
int main() {
  shop::Ledger<shop::Euro, shop::ByShelf> ledger;
  for (int day = 0; day < 365; ++day) {
    for (int purchase = 0; purchase < 12; ++purchase) ledger.book(shop::makePurchase(day, purchase));
  }
  double worth = 0;
  for (const auto& [shelf, total] : ledger.totals()) worth += total.amount;
  std::printf("%.2f\n", worth);
  return 0;
}
