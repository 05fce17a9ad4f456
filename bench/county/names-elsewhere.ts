// Names from elsewhere, beside those of the simulators' town, for the synthetic county: many people share few surnames in some of
// these, and one name has many spellings. That is where records are joined wrongly, or missed.

const list = (text: string): readonly string[] => text.trim().split(/\s+/);

interface More {
  readonly girls: readonly string[];
  readonly boys: readonly string[];
  readonly surnames: readonly string[];
}

export const MORE: Readonly<Record<string, More>> = {
  PAKISTANI: {
    girls: list(
      "Ayesha Zoya Anaya Eshal Hoorain Aleena Kinza Mehreen Sidra Bushra Nimra Uzma Shazia Rukhsana Anum Areeba Mishal Rimsha Tayyaba Sobia Zunaira Amna Humaira Samina Shabana",
    ),
    boys: list(
      "Zain Rayyan Ayaan Eesa Zakariya Shoaib Waqas Nadeem Asim Kashif Adnan Junaid Sohail Rizwan Zeeshan Shahid Kamran Asad Abdullah Hashim Arham Mikail Yahya Talha Saad Shahzad Waseem Qasim",
    ),
    surnames: list(
      "Begum Bibi Akram Ashraf Bashir Ghani Hanif Javed Kauser Latif Majid Mehmood Mughal Nazir Parveen Rafiq Riaz Sadiq Shafiq Sharif Siddiqui Sultan Tahir Yousaf Zafar Abbasi Ansari Baig Bhatti Dar Kayani Khalid Anwar Arshad",
    ),
  },
  BANGLADESHI: {
    girls: list("Tanisha Nabila Farzana Sharmin Sultana Rahima Nafisa Tasfia Mariam Sumaya Afsana Rifa Lamia Shirin"),
    boys: list("Mohammad Tanzim Rayhan Fahim Tariq Ashraful Shahin Nahid Zubair Rakib Imtiaz Jamil Faisal Mahir Ayaan"),
    surnames: list(
      "Begum Khatun Bibi Akter Ullah Kamal Chaudhury Sultana Mannan Karim Jahan Noor Aziz Hossain Shikder Mia Matin Bari Sattar Latif Rashid",
    ),
  },
  INDIAN: {
    girls: list(
      "Aditi Avni Ishika Kiara Myra Pari Shreya Tanvi Vanya Zara Manpreet Rajvir Kirandeep Sukhpreet Divya Lakshmi Nandini Radha Sneha Aarohi Mahi Khushi",
    ),
    boys: list(
      "Aditya Ayaan Dhruv Kian Reyansh Shaan Yash Zayan Manraj Fateh Amarpreet Balraj Sukhdeep Anand Rajesh Suresh Vikram Siddharth Pranav Aryan Jai Om Ravi",
    ),
    surnames: list(
      "Kaur Begum Bhatt Chopra Dhaliwal Grewal Gupta Jain Kang Khanna Lal Mann Mistry Modi Pandya Parmar Pillai Rana Rathod Sahota Saini Sidhu Solanki Tailor Thakur Trivedi Verma Vyas Atwal Bains Basra Johal",
    ),
  },
  POLISH: {
    girls: list("Alicja Laura Pola Iga Nadia Gabriela Martyna Karolina Weronika Kinga Paulina Ewa Małgorzata Joanna"),
    boys: list(
      "Mikolaj Adam Wiktor Leon Ignacy Igor Michał Paweł Łukasz Kamil Dawid Mateusz Dominik Sebastian Grzegorz",
    ),
    surnames: list(
      "Krawiec Piotrowski Grabowski Zając Pawłowski Michalski Król Wieczorek Jabłoński Wróbel Nowakowski Majewski Olszewski Stępień Malinowski Jaworski Adamczyk Dudek Nowicki Pawlak Górski Witkowski Walczak Sikora Baran Rutkowski Michalak Szewczyk Ostrowski Tomaszewski Pietrzak Duda Zalewski Wróblewski",
    ),
  },
  ROMANIAN: {
    girls: list("Anastasia Antonia Ilinca Mara Teodora Cristina Mihaela Raluca Simona Oana Ana Diana Nicoleta Petra"),
    boys: list("Bogdan Vlad Tudor Rareș Radu Sorin Cosmin Ciprian Eduard Robert Nicolae Adrian Marian Victor"),
    surnames: list(
      "Dobre Barbu Nistor Florea Tudor Preda Dinu Mocanu Stanciu Georgescu Voicu Neagu Manole Toma Oprea Dragomir Iancu Enache Serban Cristea Bucur Avram Ungureanu Moldovan",
    ),
  },
  UKRAINIAN: {
    girls: list(
      "Oleksandra Solomiya Polina Kateryna Anastasiia Daryna Yeva Sofiia Mariia Viktoriia Tetiana Olena Iryna Nataliia Oksana Yuliia Svitlana Milana Zlata Veronika",
    ),
    boys: list(
      "Oleksandr Artem Maksym Dmytro Matvii Nazar Danylo Mykyta Yehor Tymofii Andrii Serhii Volodymyr Ivan Bohdan Yaroslav Vladyslav Denys Kyrylo Illia",
    ),
    surnames: list(
      "Melnyk Shevchenko Kovalenko Bondarenko Boiko Tkachenko Kravchenko Kovalchuk Koval Oliinyk Shevchuk Polishchuk Lysenko Moroz Marchenko Rudenko Savchenko Petrenko Kravchuk Klymenko Pavlenko Savchuk Kuzmenko Levchenko Ponomarenko Vasylenko Hrytsenko Sydorenko Romaniuk Panchenko",
    ),
  },
  ARABIC: {
    girls: list("Nour Hanan Samira Farah Jana Lina Mariam Ranim Sham Ghazal Reem Noura Leen Khadija Dalia Israa"),
    boys: list(
      "Mohammad Yazan Abdullah Ibrahim Hussein Amir Adam Zain Laith Rami Nabil Walid Mahmoud Younes Jamal Bilal",
    ),
    surnames: list(
      "Hussein Mohammed Abbas Aziz Barakat Bakri Daoud Fares Ghanem Habib Issa Jaber Kassem Mahdi Mustafa Othman Qasim Rashed Salem Shamoun Tawfiq Yassin Zaki Hijazi Jassim Kareem",
    ),
  },
  NIGERIAN: {
    girls: list(
      "Grace Precious Gift Oluwadamilola Ayomide Damilola Chiamaka Chioma Adaora Nneka Abisola Kemi Bukola Tolu Ada",
    ),
    boys: list(
      "Oluwaseun Ayodele Chinedu Chukwudi Uche Tunde Segun Kunle Emmanuel Michael Ezekiel Praise Testimony Nnamdi Ikenna",
    ),
    surnames: list(
      "Adeleke Adebisi Afolabi Agbaje Ajayi Akande Akinola Alabi Anyanwu Asante Boateng Mensah Owusu Osei Chukwuma Egwu Ekwueme Fashola Idowu Igwe Lawal Musa Njoku Nwachukwu Obasi Ogbonna Ojo Okeke Okoro Oladipo Olaniyan Onuoha Oyelaran Sanni Uzoma Yusuf",
    ),
  },
  SOMALI: {
    girls: list("Fadumo Hawa Ayan Idil Ilhan Najma Sumaya Zahra Safiya Fatima Ruqiya Hibo Shukri Muna"),
    boys: list(
      "Mohamud Abdulahi Ayub Bashir Said Sharif Yahye Zayd Mustafe Khalid Anas Hamse Ilyas Salman Abdiaziz Abdikarim",
    ),
    surnames: list(
      "Abdullahi Abdirahman Mohamud Abukar Adan Dahir Diriye Egal Gedi Guled Haji Ibrahim Jibril Mahamed Muse Sheikh Said Salad Sharif Shire Yasin",
    ),
  },
  CHINESE: {
    girls: list(
      "Yutong Ruoxi Shihan Mengyao Keyi Xinyue Anqi Zhiyu Siqi Wanting Yan-Ting Hei-Tung Cheuk-Yiu Sum-Yi Emily Chloe",
    ),
    boys: list(
      "Zihao Yuxuan Haoyu Mingze Jiahao Tianyu Ruihan Zhihao Chun-Kit Wai-Lun Yat-Long Hoi-Chun Kwan-Ho Jason Ryan Ethan",
    ),
    surnames: list(
      "Cheng Zhou Wu Xu Sun Zhu Hu Guo He Gao Luo Zheng Liang Xie Tang Yip Yeung Tse Mak Chow Kwok Fung Lau Tsang Chiu Poon",
    ),
  },
  VIETNAMESE: {
    girls: list("Linh Lan Mai Hương Thảo Trang Ngọc Anh My Vy Nhi Thu Phương Quỳnh Hà Chi Yến Dung"),
    boys: list("Minh Huy Dũng Tuấn Long Nam Đức Hùng Phúc Bảo Khang Khoa Quân Việt An Thành Sơn Tùng"),
    surnames: list(
      "Nguyễn Nguyễn Nguyễn Nguyễn Trần Trần Lê Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Mai Đinh Đào Lâm",
    ),
  },
  CARIBBEAN: {
    girls: list(
      "Alicia Brianna Gabrielle Jasmine Kyra Monique Natalia Rihanna Simone Tanisha Trinity Yasmin Zoe Chanel",
    ),
    boys: list("Aaron Brandon Curtis Delroy Errol Jerome Kieron Leon Nathan Omari Reon Shaquille Tariq Winston Xavier"),
    surnames: list(
      "Allen Anderson Bennett Brown Daley Davis Douglas Forbes Graham Green Hall Harris Hinds James Johnson Jones McKenzie Miller Mitchell Palmer Pinnock Robinson Rose Scott Smith Stewart Thomas Thompson Walters Watson Wright Barrett Beckford Burke Christie",
    ),
  },
  IRISH: {
    girls: list(
      "Erin Maeve Sorcha Aisling Deirdre Eimear Ailbhe Bríana Laoise Muireann Nora Sadhbh Kathleen Bridget Maura Margaret",
    ),
    boys: list(
      "Brendan Brian Colm Cormac Daithi Dermot Eamon Fergal Kevin Lorcan Malachy Micheál Niall Padraig Ronan Ruairí Shane",
    ),
    surnames: list(
      "O'Reilly O'Donnell O'Keeffe O'Mahony O'Leary Ryan Kennedy Lynch Murray Moran Daly Nolan Dunne Brennan Burke Collins Campbell Clarke Johnston Hughes Farrell Fitzgerald Brown Martin Maguire Nolan Flynn Thompson Callaghan Duffy Mahoney Boyle Healy Shea White Sweeney Hayes Kavanagh Power McGrath",
    ),
  },
};
